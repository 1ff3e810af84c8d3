create table relay_position (
    one boolean primary key default true check (one),
    position bigint not null default 0
);

comment on table relay_position is 'Every event up to this global index is in Kafka; moving it back publishes again';

insert into relay_position default values;
