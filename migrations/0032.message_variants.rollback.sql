delete from apartado.messages where code like '%/%';

alter table apartado.messages
  drop constraint if exists message_code_is_of_class_rs,
  add constraint message_code_is_of_class_rs check (code ~ '^RS[1-6][0-9]{2}$');

comment on column apartado.messages.code is null;
