-- list_walk_ins: who stands in the line in front of a location, in order, for operators.
--
-- Gives   those who wait, location by location, with their positions; alias null: a device without anybody; lines and units: what
--         is in their cart. p_called: in their place those who were called, the last first, and in whose carts something is left to be
--         sold (position null), among the latest hundred of each location
-- Raises  RS104 no such location · RS204 p_limit outside 1 .. 10000 · RS601, RS602 not an operator
-- Notes   p_location null: every location. p_limit is for each location
create or replace function apartado.list_walk_ins(
  p_actor    text,
  p_location text default null,
  p_limit    integer default 1000,
  p_called   boolean default false
)
  returns table (
    location         text,
    "position"       bigint,
    walk_in_entry_id bigint,
    ticket           bigint,
    cart_id          bigint,
    alias            text,
    lines            integer,
    units            bigint,
    joined_at        timestamptz,
    server_time      timestamptz
  )
  language plpgsql
  stable
  security definer
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_now timestamptz := apartado.clock();
begin
  perform apartado._operator(p_actor);
  perform apartado._check_limit(p_limit, 10000);
  if p_location is not null then
    perform apartado._location_id(p_location);
  end if;

  return query
  select l.code, w."position", w.walk_in_entry_id, w.ticket, w.cart_id, m.alias, n.lines, n.units, w.joined_at, v_now
    from apartado.locations l
   cross join lateral (
     (select x.*, row_number() over (order by x.ticket) as "position"
        from apartado.walk_in_entries x
       where x.location_id = l.location_id and x.status = 'waiting' and not p_called
       order by x.ticket
       limit p_limit)
      union all
     (select x.*, null
        from apartado.walk_in_entries x
       where x.location_id = l.location_id and x.status = 'served' and p_called
       order by x.ticket desc
       limit least(p_limit, 100))) w
    -- an index look-up for each row, see _cart_lines
   cross join lateral (select x.member_id, x.status from apartado.carts x where x.cart_id = w.cart_id offset 0) c
    left join lateral (select x.alias from apartado.members x where x.member_id = c.member_id offset 0) m on true
   cross join lateral (
     select count(*)::integer as lines, coalesce(sum(i.quantity), 0) as units
       from apartado._cart_lines(w.cart_id, v_now) i
      where i.code is null or p_called) n
   where (p_location is null or l.code = p_location)
     and (not p_called or n.lines > 0 and c.status = 'active')
   order by l.code, case when p_called then -w.ticket else w.ticket end;
end;
$$;

comment on function apartado.list_walk_ins(text, text, integer, boolean) is 'Who stands in the line in front of a location, in order, for operators. Example: select * from apartado.list_walk_ins(null)';

grant execute on function apartado.list_walk_ins to apartado_api, apartado_operator;
