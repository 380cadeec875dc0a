-- _status_condition: what rows of find_items can have a status: a condition for the statement of _find_stock.
--
-- Gives   SQL about stock s and items i; true where no status was asked for. $6 is the viewer, $8 what they hold, $9 the time
-- Notes   it lets everything pass that may have the status, in a form that an index serves where few rows have it; no counter
--         has an index. _statuses decides row by row.
create or replace function apartado._status_condition(p_status text)
  returns text
  language plpgsql
  stable
  set search_path = pg_catalog, pg_temp
as $$
begin
  return case p_status
    when 'hidden' then 'not i.visible'
    when 'reserved' then 's.stock_id = any ($8)'
    when 'offered' then 's.stock_id in (select q.stock_id from apartado.queue_entries q where q.member_id = $6 and q.status = ''offered'')'
    when 'in_queue' then 's.stock_id in (select q.stock_id from apartado.queue_entries q where q.member_id = $6 and q.closed_at is null)'
    when 'sold' then 's.available + s.reserved = 0 and s.stock_id in (
                              select p.stock_id from apartado.purchases p
                              union all
                              select x.stock_id from apartado.stock x where x.total = 0)'
    when 'upcoming' then 's.drop_id is not null and s.opens_at > $9'
    when 'ended' then 's.drop_id is not null and s.closes_at <= $9'
    when 'not_for_sale' then 'not i.for_sale'
    when 'in_cart' then 's.stock_id in (select l.stock_id from apartado.carts c join apartado.cart_lines l on l.cart_id = c.cart_id where c.member_id = $6 and c.status = ''active'')'
    when 'available' then '(s.available > 0 or s.next_due_at <= $9 or exists (
                              select from apartado.reservations r where r.stock_id = s.stock_id and r.status = ''active'' and r.yields))'
    when 'reserved_by_others' then '(s.available + s.reserved > 0 or s.next_due_at <= $9) and s.stock_id in (
                              select r.stock_id from apartado.reservations r where r.status = ''active''
                              union all
                              select q.stock_id from apartado.queue_entries q where q.status in (''waiting'', ''offered'', ''suspended''))'
    else 'true'
  end;
end;
$$;

comment on function apartado._status_condition(text) is 'What rows of find_items can have a status: a condition for the statement of _find_stock.';
