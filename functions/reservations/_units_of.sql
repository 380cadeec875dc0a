-- _units_of: how many units a member has of an item, or of a drop.
--
-- Gives   units held and waited for; of a drop also those bought since it was announced
create or replace function apartado._units_of(p_member_id bigint, p_item bigint, p_drop_id bigint, p_now timestamptz)
  returns bigint
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
begin
  return
    (select coalesce(sum(r.quantity), 0)
       from apartado.reservations r
       join apartado.stock s on s.stock_id = r.stock_id
      where r.member_id = p_member_id and r.status = 'active' and r.expires_at > p_now
        and (s.item_id = p_item or s.drop_id = p_drop_id))
    + (select coalesce(sum(e.quantity), 0)
         -- a wish counts once, because it is served once, in however many queues it stands
         from (select distinct on (coalesce(q.wish_id, -q.queue_entry_id)) q.quantity
                 from apartado.queue_entries q
                 join apartado.stock s on s.stock_id = q.stock_id
                where q.member_id = p_member_id and q.status in ('waiting', 'offered', 'suspended')
                  -- an open offer stays valid past needed_until
                  and (q.needed_until is null or q.needed_until > p_now or q.status = 'offered' and q.offered_until > p_now)
                  and (q.status <> 'offered' or q.offered_until > p_now or s.missed <> 'drop')
                  and (q.wish_id is null or q.status = 'offered'
                       or exists (select from apartado.wishes w where w.wish_id = q.wish_id and w.closed_at is null))
                  and (s.item_id = p_item or s.drop_id = p_drop_id)
                order by coalesce(q.wish_id, -q.queue_entry_id)) e)
    + (select coalesce(sum(p.quantity - p.undone), 0)
         from apartado.purchases p
         join apartado.stock s on s.stock_id = p.stock_id
         join apartado.drops d on d.drop_id = s.drop_id
        where p.member_id = p_member_id and s.drop_id = p_drop_id and p.purchased_at >= d.created_at);
end;
$$;

comment on function apartado._units_of(bigint, bigint, bigint, timestamptz) is 'How many units a member has of an item, or of a drop.';
