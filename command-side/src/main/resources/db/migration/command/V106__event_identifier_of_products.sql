-- What happens once only happens to products, and its identifier says so. Which event of an order a row is, its aggregate and
-- version say, which are unique, too: nothing asked the index on its identifier, into which each event was entered.
-- The new index first: while it is made, nothing is stored, but all can be read; what is dropped is locked for a moment.
create unique index domain_event_entry_once_only on domain_event_entry (event_identifier)
    where type is distinct from 'Order';

alter table domain_event_entry drop constraint domain_event_entry_event_identifier_key;
