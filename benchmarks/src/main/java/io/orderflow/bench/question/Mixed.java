package io.orderflow.bench.question;

import io.orderflow.bench.http.Requests;
import java.nio.ByteBuffer;
import java.util.List;

/** Several questions in turn. */
public final class Mixed implements Requests {

    private final List<Requests> questions;
    private int next;

    public Mixed(List<Question> questions) {
        this.questions = questions.stream().map(Question::requests).toList();
    }

    @Override
    public ByteBuffer next() {
        return questions.get(next++ % questions.size()).next();
    }
}
