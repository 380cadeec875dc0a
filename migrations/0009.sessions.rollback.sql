drop table if exists apartado.identities;
drop table if exists apartado.pairing_codes;

alter table apartado.members
  drop constraint if exists member_display_name_is_short,
  drop constraint if exists member_avatar_is_an_address,
  drop column if exists display_name,
  drop column if exists avatar,
  drop column if exists show_name;
