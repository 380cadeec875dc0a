-- list_stock_changes: why each number of an item's stock changed, the newest first.
--
-- Gives   a row for each change: when, cause (the events that it was told as), who did it, the member concerned where it is
--         one, the reason, the differences, and the numbers after it
-- Raises  RS101 no such item · RS104 no such location · RS204 p_limit outside 1 .. 1000
-- Notes   p_before: the change_id from which to go back, for the next page; p_location null: every location. The first
--         change of a row counts from nothing, so that the differences add up to the counters; where others before it were purged,
--         its cause begins with purged, and the differences are theirs, too
create or replace function apartado.list_stock_changes(
  p_actor    text,
  p_item     bigint,
  p_location text default null,
  p_before   bigint default null,
  p_limit    integer default 100
)
  returns table (
    change_id       bigint,
    at              timestamptz,
    location        text,
    cause           text,
    actor           text,
    member          text,
    reason          text,
    delta_total     integer,
    delta_available integer,
    delta_reserved  integer,
    delta_sold      integer,
    total           integer,
    available       integer,
    reserved        integer,
    sold            integer
  )
  language plpgsql
  stable
  security definer
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_stock_ids bigint[];
begin
  perform apartado._operator(p_actor);
  perform apartado._check_limit(p_limit, 1000);
  perform apartado._check_item(p_item);
  v_stock_ids := apartado._stock_ids(array[p_item], p_location);

  return query
  select c.change_id, c.at, c.location, c.cause, c.actor, c.member, c.reason, c.delta_total, c.delta_available,
         c.delta_reserved, c.delta_sold, c.total, c.available, c.reserved, c.sold
    from apartado.stock_ledger c
   where c.stock_id = any (v_stock_ids)
     and (p_before is null or c.change_id < p_before)
   order by c.change_id desc
   limit p_limit;
end;
$$;

comment on function apartado.list_stock_changes(text, bigint, text, bigint, integer) is 'Why each number of an item''s stock changed, the newest first. Example: select * from apartado.list_stock_changes(null, 1)';

grant execute on function apartado.list_stock_changes to apartado_api, apartado_operator;
