select plan(6);
select tests.members('ana', 'ben'), tests.item('disc');
insert into apartado.drops (title, opens_at, created_at) values ('Drop', apartado.clock(), apartado.clock());
select from apartado.set_policy(null, 'of-item', '{"hold": 3, "active_limit": 3, "queue_limit": 3, "item_limit": 3}', apartado.item_id('disc'));
select from apartado.set_policy(null, 'of-place', '{"hold": 4, "active_limit": 4, "queue_limit": 4, "item_limit": 4, "priority": 4}', p_location => 'main');
update apartado.items set drop_id = (select drop_id from apartado.drops);
select from apartado.set_policy(null, 'of-drop', '{"hold": 2, "active_limit": 2, "fit": "fit"}', p_drop => (select drop_id from apartado.drops));
select from apartado.set_policy(null, 'of-vip', '{"hold": 1}', p_class => 'vip', p_reason => 'test');
select from apartado.set_member_class(null, 'ana', 'vip', 'test');
select is((select string_agg(name, ' ') from apartado.explain_policy(null, apartado.item_id('disc'))),
  'hold hold_cap extension_limit extension_total extend_while_wanted payment_window late_confirm active_limit item_limit drop_limit promotion offer_window missed fit passed_limit queue_limit priority low_stock expiring_soon hide_sold paranoia cart restock', 'every value, in order');
select results_eq($$select name, value, regexp_replace(source, '\d+', 'n'), policy from apartado.explain_policy(null, apartado.item_id('disc'), 'main', 'ANA')
                     where name in ('hold', 'active_limit', 'queue_limit', 'item_limit', 'priority', 'late_confirm', 'drop_limit', 'fit')$$,
  $$values ('hold', '1'::jsonb, 'member_class vip', 'of-vip'), ('late_confirm', 'false', 'default', 'default'), ('active_limit', '2', 'drop n', 'of-drop'), ('item_limit', '3', 'item disc', 'of-item'),
           ('drop_limit', null, 'default', 'default'), ('fit', '"fit"', 'drop n', 'of-drop'), ('queue_limit', '3', 'item disc', 'of-item'), ('priority', '4', 'location main', 'of-place')$$,
  'class, drop, item, location, default');
select is((select value::text || source from apartado.explain_policy(null, apartado.item_id('disc'), p_member => 'ben') where name = 'hold'), (select '2drop ' || drop_id from apartado.drops), 'ben is of no class');
update apartado.policies set paranoia = false where name = 'of-vip';
select is((select value::text || ' ' || source from apartado.explain_policy(null, apartado.item_id('disc'), p_member => 'ana') where name = 'paranoia'), 'true default', 'by hand, too, a class does not speak for all');
select is((select jsonb_object_agg(e.name, e.value) - '{hold_cap,extension_limit,extension_total,extend_while_wanted,payment_window,late_confirm,promotion,offer_window,priority,hide_sold,cart}'::text[]
             from apartado.explain_policy(null, apartado.item_id('disc')) e),
          (select jsonb_build_object('hold', extract(epoch from s.hold)::integer, 'active_limit', s.active_limit, 'item_limit', s.item_limit, 'drop_limit', s.drop_limit, 'missed', s.missed, 'fit', s.fit,
                   'passed_limit', s.passed_limit, 'queue_limit', s.queue_limit, 'low_stock', s.low_stock, 'expiring_soon', extract(epoch from s.expiring_soon)::integer, 'paranoia', s.paranoia, 'restock', s.restock) from apartado.stock s), 'what it says is what the stock row goes by');
select tests.commits();
