alter table apartado.members
  drop constraint if exists member_without_a_name_is_barred,
  drop column if exists anonymised_at;

alter table apartado.settings
  drop constraint if exists setting_retention_is_a_month_or_more,
  drop column if exists retention,
  drop column if exists purged_to;
