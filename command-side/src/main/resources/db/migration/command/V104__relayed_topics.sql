alter table relay_position add column topics text;

comment on column relay_position.topics is 'Ids of the topics that hold what was published; others mean that the topics were lost';
