-- _told_here: what this transaction has told so far, and how it leaves the stock that it told of.
--
-- Gives   events: an array in order, with kind, item_id, location, member, data and details; stock: an object with the numbers of each
--         stock row by its id
-- Notes   p_after: the newest id before it began. What others wrote meanwhile is visible only once committed, so the events of a
--         transaction that is still in progress are this one's. xmin is compared by age(), which is right across wrap-around
create or replace function apartado._told_here(p_after bigint, out events jsonb, out stock jsonb)
  language plpgsql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
  with told as materialized (
    select e.*
      from apartado.events e
     where e.event_id > p_after
       and age(e.xmin) <= 0
       and pg_xact_status((pg_current_xact_id()::text::numeric - age(e.xmin))::text::xid8) = 'in progress'
  )
  select coalesce((select jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
                            'kind', t.kind, 'item_id', s.item_id, 'location', l.code, 'member', m.alias, 'data', t.data,
                            'details', t.details)) order by t.event_id)
                     from told t
                     left join apartado.stock s on s.stock_id = t.stock_id
                     left join apartado.locations l on l.location_id = s.location_id
                     left join apartado.members m on m.member_id = t.member_id), '[]'),
         (select jsonb_object_agg(s.stock_id, apartado._numbers_of(s))
            from apartado.stock s
           where s.stock_id in (select t.stock_id from told t))
    into events, stock;
end;
$$;

comment on function apartado._told_here(bigint) is 'What this transaction has told so far, and how it leaves the stock that it told of.';
