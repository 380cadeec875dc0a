select plan(9);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben', 'cai'), tests.item('disc', 2);
update apartado.policies set promotion = 'offer' where name = 'default';
select tests.held('disc', 'ana', 'cai'), tests.waiting('disc', 'ben');
select from apartado.cancel_reservation('ana', tests.reservation('ana', 'disc'));
create temporary table offers as select q.queue_entry_id from apartado.queue_entries q where q.status = 'offered';
create function pg_temp.detail(p_quantity integer, p_buyer text) returns text language plpgsql as $$
declare
  v_detail text;
begin
  perform from apartado.mark_sold(null, apartado.item_id('disc'), null, p_quantity, p_buyer);
  return 'sold';
exception
  when sqlstate 'RS311' then
    get stacked diagnostics v_detail = pg_exception_detail;
    return v_detail;
end;
$$;
select is((select count(*) from offers), 1::bigint, 'one is offered to ben, one is cai''s');
select tests.refuses($$select * from apartado.mark_sold(null, apartado.item_id('disc'), p_buyer => 'ana')$$, 'RS311', 'quantity', 'of what somebody holds the reservation can be revoked');
select tests.refuses($$select * from apartado.mark_sold(null, apartado.item_id('disc'), p_quantity => 2, p_buyer => 'cai')$$, 'RS311/offered', 'quantity', 'an offer is taken out of the queue');
select is(pg_temp.detail(2, 'cai'), format('entries: %s, offered_to_others: 1, requested: 2', (select queue_entry_id from offers)), 'which entry it is');
set local apartado.language = 'es';
select tests.refuses($$select * from apartado.mark_sold(null, apartado.item_id('disc'), p_quantity => 2, p_buyer => 'cai')$$, 'RS311/offered', 'quantity', 'in Spanish, too');
reset apartado.language;
select is(pg_temp.detail(1, 'cai'), 'sold', 'what cai holds is sold');
select is(status, 'removed', 'the offer is taken back, as it was said') from offers o cross join lateral apartado.remove_entry(null, o.queue_entry_id, 'sold in the shop');
select is(pg_temp.detail(1, 'ana'), 'sold', 'and the unit can be sold');
select tests.commits();
