package io.orderflow.saga.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class TogetherTest {

    @Test
    void whatIsAskedWhileSomethingIsDoneIsDoneAtOnceNextAndEachGetsItsOwnAnswer() throws Exception {
        CountDownLatch firstIsDone = new CountDownLatch(1);
        CountDownLatch othersAsked = new CountDownLatch(20);
        ConcurrentLinkedQueue<Integer> sizes = new ConcurrentLinkedQueue<>();
        Together<Integer, Integer> together = new Together<>(100, asked -> {
            sizes.add(asked.size());
            if (asked.contains(0)) {
                await(firstIsDone);
            }
            return asked.stream().map(number -> number * number).toList();
        });
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> answers = new ArrayList<>();
            answers.add(threads.submit(() -> together.ask(0)));
            while (sizes.isEmpty()) {
                Thread.onSpinWait();
            }
            for (int number = 1; number <= 20; number++) {
                int asked = number;
                answers.add(threads.submit(() -> {
                    othersAsked.countDown();
                    return together.ask(asked);
                }));
            }
            await(othersAsked);
            firstIsDone.countDown();
            for (int number = 0; number <= 20; number++) {
                assertThat(answers.get(number).get()).isEqualTo(number * number);
            }
        }
        assertThat(sizes).hasSizeLessThan(21);
        assertThat(sizes.stream().mapToInt(Integer::intValue).sum()).isEqualTo(21);
    }

    @Test
    void whatFailsFailsForThoseWhoAskedAndTheNextIsDone() {
        Together<String, Integer> together = new Together<>(
                100, asked -> asked.stream().map(Integer::valueOf).toList());
        assertThatThrownBy(() -> together.ask("x")).isInstanceOf(NumberFormatException.class);
        assertThat(together.ask("7")).isEqualTo(7);
    }

    @Test
    void noMoreIsDoneAtOnceThanMay() throws Exception {
        ConcurrentLinkedQueue<Integer> sizes = new ConcurrentLinkedQueue<>();
        Together<Integer, Integer> together = new Together<>(3, asked -> {
            sizes.add(asked.size());
            return asked;
        });
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> answers = new ArrayList<>();
            for (int number = 0; number < 100; number++) {
                int asked = number;
                answers.add(threads.submit(() -> together.ask(asked)));
            }
            for (int number = 0; number < 100; number++) {
                assertThat(answers.get(number).get()).isEqualTo(number);
            }
        }
        assertThat(sizes).allSatisfy(size -> assertThat(size).isBetween(1, 3));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
