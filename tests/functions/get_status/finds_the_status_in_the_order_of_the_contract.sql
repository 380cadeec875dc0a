select plan(14);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben', 'cai'), tests.operator('olga'), tests.item('disc');
create function tests.seen(p_alias text) returns text language plpgsql as $$
begin
  return (select concat_ws(' ', s.status, s.actions) from apartado.get_status(p_alias, (select item_id from apartado.items where sku = 'disc')) s);
exception
  when sqlstate 'RS101' then return 'RS101';
end;
$$;
select is(tests.seen('ana'), 'available {reserve}', 'free');
select is(tests.seen('olga'), 'available {reserve,mark_sold}', 'free, for an operator');
select tests.held('disc', 'ana'), tests.waiting('disc', 'ben');
update apartado.items set for_sale = false;
select is(tests.seen('ana'), 'reserved {confirm_reservation,cancel_reservation}', 'mine comes before not_for_sale');
select is(tests.seen('ben'), 'in_queue {leave_queue,suspend_entry}', 'so does my place');
select is(tests.seen('cai'), 'not_for_sale {}', 'not_for_sale comes before reserved_by_others');
update apartado.items set visible = false;
select is(tests.seen('ana'), 'reserved {confirm_reservation,cancel_reservation}', 'its holder sees it even when it is hidden');
select is(tests.seen('ben'), 'RS101', 'who waits does not');
select is(tests.seen('cai'), 'RS101', 'nor does anybody else');
select is(tests.seen('olga'), 'hidden {mark_sold,revoke_reservation}', 'operators do');
select is(tests.seen(null), 'RS101', 'a visitor does not');
update apartado.items set visible = true;
select from apartado.confirm_reservation('ana', tests.reservation('ana', 'disc'));
select is(tests.seen('ben'), 'in_queue {leave_queue,suspend_entry}', 'my place comes before sold');
select is(tests.seen('cai'), 'sold {}', 'sold comes before not_for_sale');
update apartado.items set for_sale = true;
select is(tests.seen('cai'), 'sold {join_queue}', 'and may be waited for, when it may come again');
update apartado.items set restock = false;
select is(tests.seen('cai'), 'sold {}', 'or not');
