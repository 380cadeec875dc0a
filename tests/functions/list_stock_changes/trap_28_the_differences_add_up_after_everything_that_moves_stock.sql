select plan(3);
select tests.freeze('2030-01-01 12:00Z');
select tests.member(a) from unnest(tests.aliases(1, 12)) a;
select tests.item('disc', 3), tests.item('zero', 0);
insert into apartado.locations (code, name) values ('annex', 'Annex');
create temporary table d as select tests.drop_of('1 hour', null, 'disc') as id;
select tests.waiting('disc', variadic tests.aliases(1, 6));
select from apartado.add_wave(null, (select id from d), apartado.item_id('disc'), 3, '2030-01-01 14:00Z');
select tests.advance('1 hour');
select from apartado.announce_drops();
select from apartado.expire_and_promote();
select from apartado.cancel_reservation('m01', tests.reservation('m01', 'disc'));
select from apartado.confirm_reservation('m02', tests.reservation('m02', 'disc'));
select tests.advance('1 hour');
select from apartado.reserve('m12', apartado.item_id('disc'), p_if_unavailable => 'queue');
select from apartado.adjust_stock(null, apartado.item_id('disc'), 4, 'bought');
select from apartado.transfer_stock(null, apartado.item_id('disc'), 1, 'main', 'annex', 'fair');
select from apartado.mark_sold(null, apartado.item_id('disc'), p_quantity => 2, p_override => true);
select tests.advance('168 hours');
select from apartado.expire_and_promote();
select is_empty($$select l.* from apartado.stock s
  left join (select stock_id, sum(delta_total) t, sum(delta_available) a, sum(delta_reserved) r, sum(delta_sold) b from apartado.stock_ledger group by 1) l using (stock_id)
  where (s.total, s.available, s.reserved, s.sold) <> (coalesce(t, 0), coalesce(a, 0), coalesce(r, 0), coalesce(b, 0))$$, 'in every stock row');
select is_empty('select * from apartado.stock_ledger where cause is null or actor is null', 'every change has its cause and actor');
select tests.commits();
