-- Which event a row is, its aggregate and version say: those are unique, and by them rows are found again. An index on the
-- identifier was a third of what an event costs, and nothing asked it.
alter table domain_event_entry drop constraint domain_event_entry_event_identifier_key;
