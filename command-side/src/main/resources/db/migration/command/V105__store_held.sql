-- A store restored to an earlier moment lacks what Kafka has. Until that is brought back nothing may be stored: it would
-- take the numbers of what is missing, and be decided without knowing it. Checked after the statement, hence under the
-- lock of the store, by whichever node it comes from.
alter table store_epoch add column held text;

comment on column store_epoch.held is 'Why nothing can be stored; null when everything can. See docs/runbooks/store-restored.md';

comment on table store_epoch is 'Names this life of the store, on every record; restoring a backup does not change it';

-- with the search path of now: whoever stores may have another
create function refuse_when_held() returns trigger language plpgsql set search_path from current as $$
declare
    reason text := (select held from store_epoch);
begin
    if reason is not null and current_setting('orderflow.recovering', true) is distinct from 'yes' then
        raise exception 'the event store is held: %', reason using errcode = '53R00';
    end if;
    return null;
end
$$;

create trigger domain_event_entry_held after insert on domain_event_entry
    for each statement execute function refuse_when_held();
