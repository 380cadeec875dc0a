-- _told: numbered events in the forms in which they are told: public, to the member concerned, to operators.
--
-- Gives   in the order of pos, after p_after, at most p_limit events that the viewer may see (or all): visible (may everybody see
--         the row?), public (the state after the change; null where the event is about no stock row), member (what is added
--         for the member concerned, and when it was where public is null), operator (what is added for operators: who did it,
--         whom it concerns, and the details); drop_id: the drop that the event is about, or that its item is of
-- Notes   the one place where public and private part. reservation.expiring is for its holder alone
create or replace function apartado._told(
  p_after     bigint,
  p_limit     integer,
  p_sees_all  boolean,
  p_viewer_id bigint default null,
  p_items     bigint[] default null,
  p_location  text default null,
  p_drop      bigint default null,
  p_kinds     text[] default null,
  p_through   bigint default null
)
  returns table (
    pos       bigint,
    kind      text,
    item_id   bigint,
    location  text,
    drop_id   bigint,
    member_id bigint,
    visible   boolean,
    public    jsonb,
    member    jsonb,
    operator  jsonb,
    at        timestamptz
  )
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
  return query
  select e.pos, e.kind, s.item_id, p.location, coalesce(e.drop_id, s.drop_id), e.member_id,
         coalesce(i.visible and e.kind <> 'reservation.expiring', false),
         case when e.stock_id is not null then
           jsonb_build_object(
             'item_id', s.item_id, 'location', l.code,
             'status', case
                         when e.available + e.reserved = 0 then 'sold'
                         when e.at < s.opens_at then 'upcoming'
                         when e.at >= s.closes_at then 'ended'
                         when not i.for_sale then 'not_for_sale'
                         when e.available > 0 and e.queue_length = 0 then 'available'
                         else 'reserved_by_others'
                       end,
             'available', e.available, 'reserved', e.reserved, 'sold', e.sold,
             'queue_length', e.queue_length, 'version', e.version, 'at', apartado._utc(e.at))
             || case when e.drop_id is not null then jsonb_build_object('drop_id', e.drop_id) else '{}' end
         end,
         case when e.stock_id is null then jsonb_build_object('at', apartado._utc(e.at)) else '{}' end || e.data,
         -- entry_status: beside the item's status, not in its place
         e.details - 'status' || jsonb_strip_nulls(jsonb_build_object('entry_status', e.details -> 'status', 'actor', e.actor, 'member', m.alias)),
         e.at
    from apartado.events e
    left join apartado.stock s on s.stock_id = e.stock_id
    left join apartado.items i on i.item_id = s.item_id
    left join apartado.locations l on l.location_id = s.location_id
    left join apartado.members m on m.member_id = e.member_id
   -- carts, orders and the lines in front of locations are at one, too
   cross join lateral (select coalesce(l.code, e.data ->> 'location', e.details ->> 'location')) p (location)
   where e.pos > p_after
     and e.pos <= coalesce(p_through, 9223372036854775807)
     and (p_sees_all or i.visible and e.kind <> 'reservation.expiring' or e.member_id = p_viewer_id)
     and (p_items is null or s.item_id = any (p_items))
     and (p_location is null or p.location = p_location)
     and (p_drop is null or coalesce(e.drop_id, s.drop_id) = p_drop)
     and (p_kinds is null or e.kind = any (p_kinds))
   order by e.pos
   limit p_limit;
end;
$$;

comment on function apartado._told(bigint, integer, boolean, bigint, bigint[], text, bigint, text[], bigint) is 'Numbered events in the forms in which they are told: public, to the member concerned, to operators.';
