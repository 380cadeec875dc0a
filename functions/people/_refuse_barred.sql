-- _refuse_barred: refuses a member who is barred.
--
-- Raises  RS604 barred
-- Notes   p_barred_at null: they are not. p_reason: what the operator said, for them to read. The one place where it is said; explain_reserve lists it among other reasons
create or replace function apartado._refuse_barred(p_barred_at timestamptz, p_reason text, p_column text)
  returns void
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
begin
  if p_barred_at is not null then
    perform apartado._refuse('RS604', p_column, jsonb_strip_nulls(jsonb_build_object('barred_at', apartado._utc(p_barred_at), 'reason', p_reason)));
  end if;
end;
$$;

comment on function apartado._refuse_barred(timestamptz, text, text) is 'Refuses a member who is barred.';
