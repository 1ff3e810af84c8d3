package io.orderflow.command.config;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.annotation.Order;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Reads no more of a request's body than {@value #LIMIT} bytes; of one that comes in lines, whoever reads a line does. */
@Component
@Order(BodyLimitFilter.AFTER_CORRELATION)
public final class BodyLimitFilter extends OncePerRequestFilter {

    static final int AFTER_CORRELATION = 0;
    public static final int LIMIT = 256 << 10;

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        chain.doFilter(new Limited(request), response);
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        String type = request.getContentType();
        return type != null && type.startsWith(MediaType.APPLICATION_NDJSON_VALUE);
    }

    /** The body is larger than we read. */
    public static final class BodyTooLarge extends IOException {
        private static final long serialVersionUID = 1L;

        public BodyTooLarge() {
            super("the body is larger than " + LIMIT + " bytes; send less at once");
        }
    }

    private static final class Limited extends HttpServletRequestWrapper {

        Limited(HttpServletRequest request) {
            super(request);
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            if (getContentLengthLong() > LIMIT) {
                throw new BodyTooLarge();
            }
            return new Counting(super.getInputStream());
        }
    }

    private static final class Counting extends ServletInputStream {

        private final ServletInputStream body;
        private int count;

        Counting(ServletInputStream body) {
            this.body = body;
        }

        private int counted(int read) throws IOException {
            count += Math.max(0, read);
            if (count > LIMIT) {
                throw new BodyTooLarge();
            }
            return read;
        }

        @Override
        public int read() throws IOException {
            int next = body.read();
            return next < 0 || counted(1) < 0 ? -1 : next;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            return counted(body.read(bytes, offset, length));
        }

        @Override
        public boolean isFinished() {
            return body.isFinished();
        }

        @Override
        public boolean isReady() {
            return body.isReady();
        }

        @Override
        public void setReadListener(ReadListener listener) {
            body.setReadListener(listener);
        }
    }
}
