create index domain_event_entry_catalogue on domain_event_entry (global_index)
    where payload_type in ('ProductRegistered', 'ProductChanged');
