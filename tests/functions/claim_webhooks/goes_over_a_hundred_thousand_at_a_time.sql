select plan(3);
select from apartado.create_webhook(null, 'https://shop.example', '{stock.low}');
select apartado._number_events();
update apartado.event_cursor set last_pos = 150000;
select is_empty('select * from apartado.claim_webhooks()', 'none of its kind among so many');
select is((pos, through, message), (100000::bigint, null::bigint, 0::bigint), 'so far in one look') from apartado.webhooks;
select from apartado.claim_webhooks();
select is(pos, 150000::bigint, 'and with the next to the newest') from apartado.webhooks;
