-- Trigger functions that several tables share, and no triggers.

create or replace function apartado.tg_any__close_gates()
  returns trigger
  language plpgsql
  security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform apartado._close_gates();
  return null;
end;
$$;

comment on function apartado.tg_any__close_gates() is 'While rules change, nothing comes under them.';

create or replace function apartado.tg_any__pass_gate()
  returns trigger
  language plpgsql
  security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform apartado._pass_gate();
  return null;
end;
$$;

comment on function apartado.tg_any__pass_gate() is 'What comes under other rules does so before or after they change.';

create or replace function apartado.tg_any__refresh_search()
  returns trigger
  language plpgsql
  security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform apartado._refresh_search(array(select distinct c.item_id from changed c));
  return null;
end;
$$;

comment on function apartado.tg_any__refresh_search() is 'Keeps the words by which find_items finds the items whose artists or labels changed.';

-- the argument says what of: the COLUMN of the refusal
create or replace function apartado.tg_any__refuse_change()
  returns trigger
  language plpgsql
  security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform apartado._refuse('RS312/by_hand', tg_argv[0], jsonb_build_object('table', tg_table_name, 'operation', tg_op));
  return null;
end;
$$;

comment on function apartado.tg_any__refuse_change() is 'What is to stay as it is stays so, whoever writes to the table by hand.';
