create index domain_event_entry_catalogue on domain_event_entry (global_index)
    where payload_type in ('ProductRegistered', 'ProductChanged');

create index domain_event_entry_product on domain_event_entry (aggregate_identifier, sequence_number)
    where payload_type in ('ProductRegistered', 'ProductChanged');
