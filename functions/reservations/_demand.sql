-- _demand: what the lines of reserve_many ask of each stock row altogether.
--
-- Gives   a row per item and location, in the order of the lines that name it first: line that one, lines all of them,
--         the sum of their quantities and the shortest of their times; stock_id null: it is not kept there
-- Raises  what _read_lines refuses · RS202 a sum that is no quantity any more
-- Notes   lines of one stock row are summed: checked singly, two lines for one unit each would both find the last unit free
create or replace function apartado._demand(p_lines jsonb)
  returns table (
    line     integer,
    lines    integer[],
    item_id  bigint,
    location text,
    quantity integer,
    ttl      interval,
    stock_id bigint
  )
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_sum record;
begin
  for v_sum in
    select min(r.line) as line, array_agg(r.line order by r.line) as lines, r.item_id, r.location,
           sum(r.quantity) as quantity, min(r.ttl) as ttl
      from apartado._read_lines(p_lines) r
     group by r.item_id, r.location
     order by 1
  loop
    if v_sum.quantity > 2147483647 then
      perform apartado._refuse('RS202', 'lines', jsonb_build_object(
        'line', v_sum.line, 'item', v_sum.item_id, 'quantity', v_sum.quantity, 'largest', 2147483647));
    end if;
    line := v_sum.line;
    lines := v_sum.lines;
    item_id := v_sum.item_id;
    location := v_sum.location;
    quantity := v_sum.quantity;
    ttl := v_sum.ttl;
    stock_id := (
      select s.stock_id
        from apartado.stock s
        join apartado.locations l on l.location_id = s.location_id
       where s.item_id = v_sum.item_id and l.code = v_sum.location);
    return next;
  end loop;
end;
$$;

comment on function apartado._demand(jsonb) is 'What the lines of reserve_many ask of each stock row altogether.';
