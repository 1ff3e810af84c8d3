create table store_epoch (
    one boolean primary key default true check (one),
    epoch uuid not null default gen_random_uuid()
);

comment on table store_epoch is 'Names this life of the store; a store restored to an earlier moment gets another epoch';

insert into store_epoch default values;
