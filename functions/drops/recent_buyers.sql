-- recent_buyers: who bought some of an item last.
--
-- Gives   the newest sales first: when, how many, and the buyer's display name if they consented to show it, else null
-- Raises  RS101 no such item, or hidden · RS204 p_limit outside 1 .. 100
-- Notes   never an alias: that is somebody's name to sign in with
create or replace function apartado.recent_buyers(
  p_member text,
  p_item   bigint,
  p_limit  integer default 3
)
  returns table (
    bought_at    timestamptz,
    quantity     integer,
    display_name text
  )
  language plpgsql
  stable
  security definer
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
  perform apartado._check_limit(p_limit, 100);
  perform apartado._check_visible(p_item, apartado._viewer_id(p_member));

  return query
  select b.bought_at, b.quantity, b.display_name
    from apartado._buyers(array[p_item], p_limit) b
   order by b.bought_at desc, b.purchase_id desc;
end;
$$;

comment on function apartado.recent_buyers(text, bigint, integer) is 'Who bought some of an item last. Example: select * from apartado.recent_buyers(''ana'', 1)';

grant execute on function apartado.recent_buyers to apartado_api, apartado_operator;
