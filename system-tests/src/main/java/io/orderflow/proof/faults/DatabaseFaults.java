package io.orderflow.proof.faults;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/**
 * What happens in PostgreSQL. Delays and refusals are triggers of a schema of their own, put in and taken out: so the
 * services are proved as they are delivered.
 */
enum DatabaseFaults implements Fault {
    CUT_CONNECTIONS(
            "postgres cuts all connections",
            new String[] {
                "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database()"
                        + " and pid <> pg_backend_pid()"
            },
            new String[0]),

    READ_ONLY(
            "postgres is read-only",
            new String[] {"alter system set default_transaction_read_only = on", "select pg_reload_conf()"},
            new String[] {"alter system reset default_transaction_read_only", "select pg_reload_conf()"}),

    SLOW_COMMITS(
            "commits take 200 ms longer",
            new String[] {
                function("slow_commit", onceInATransaction("perform pg_sleep(0.2);")),
                atCommit("slow_commit", "saga.fulfilment"),
                atCommit("slow_commit", "query_orders_1.order_timeline"),
                atCommit("slow_commit", "command.domain_event_entry")
            },
            new String[] {"drop function if exists proof.slow_commit cascade"}),

    // the simulated provider's answer is the insertion of its entry

    PROVIDER_SLOW(
            "payment provider is slow",
            new String[] {
                function("provider_slow", "if random() < 0.3 then perform pg_sleep(1); end if; return new;"),
                "create trigger provider_slow before insert on saga.simulated_payment for each row"
                        + " execute function proof.provider_slow()"
            },
            new String[] {"drop function if exists proof.provider_slow cascade"}),

    PROVIDER_DOWN(
            "payment provider is down",
            new String[] {
                function("provider_down", "raise exception 'no answer (proof)';"),
                "create trigger provider_down before insert on saga.simulated_payment for each row"
                        + " execute function proof.provider_down()"
            },
            new String[] {"drop function if exists proof.provider_down cascade"}),

    /** The entry is made when whoever asked has long stopped listening. */
    PROVIDER_LATE(
            "payment provider answers too late, having done it",
            new String[] {
                function("provider_late", "if random() < 0.3 then perform pg_sleep(3); end if; return null;"),
                "create constraint trigger provider_late after insert on saga.simulated_payment"
                        + " deferrable initially deferred for each row execute function proof.provider_late()"
            },
            new String[] {"drop function if exists proof.provider_late cascade"}),

    PUBLISH_AGAIN(
            "relay publishes everything again",
            new String[] {"update command.relay_position set position = 0"},
            new String[0]);

    static final String SCHEMA = "create schema if not exists proof";

    private final String words;
    private final String[] begin;
    private final String[] end;

    DatabaseFaults(String words, String[] begin, String[] end) {
        this.words = words;
        this.begin = begin;
        this.end = end;
    }

    static String function(String name, String body) {
        return "create or replace function proof." + name + "() returns trigger language plpgsql as $$ begin " + body
                + " end $$";
    }

    static String onceInATransaction(String what) {
        return "if current_setting('proof.done', true) is distinct from pg_current_xact_id()::text then"
                + " perform set_config('proof.done', pg_current_xact_id()::text, true); " + what
                + " end if; return null;";
    }

    static String atCommit(String function, String table) {
        return "create constraint trigger " + function + " after insert or update on " + table
                + " deferrable initially deferred for each row execute function proof." + function + "()";
    }

    @Override
    public Set<String> parts() {
        return Set.of("postgres");
    }

    @Override
    public void begin(Scene scene) throws SQLException {
        execute(scene, begin);
    }

    @Override
    public void end(Scene scene) throws SQLException {
        execute(scene, end);
    }

    static void execute(Scene scene, String... statements) throws SQLException {
        for (String sql : statements) {
            // behind a transaction that waits for a frozen node a trigger must not make everybody wait
            for (int tries = 0; ; tries++) {
                try {
                    scene.system().database().execute("set lock_timeout = '1s'", SCHEMA, sql);
                    break;
                } catch (SQLException e) {
                    if (tries == 300) {
                        throw e;
                    }
                    LockSupport.parkNanos(Duration.ofMillis(500).toNanos());
                }
            }
        }
    }

    @Override
    public String words() {
        return words;
    }
}
