-- depends: 0031.barred_reason
-- A code may have texts of its own for one of its reasons: RS312/by_hand beside RS312.

alter table apartado.messages
  drop constraint if exists message_code_is_of_class_rs,
  add constraint message_code_is_of_class_rs check (code ~ '^RS[1-6][0-9]{2}(/[a-z_]+)?$');

comment on column apartado.messages.code is 'A code of the contract, or one with a reason behind a slash, which people read instead: SQLSTATE is always the five letters before it.';
