select plan(14);
select tests.freeze('2030-01-01 12:00Z');
select tests.operator('olga'), tests.item('disc');
create temporary table w as select * from apartado.create_webhook('olga', 'https://shop.example/in');
select apartado._number_events();
create function tests.fails(p_status integer default 500, p_error text default null) returns interval language plpgsql as $$
declare
  v_next timestamptz;
begin
  perform tests.freeze(coalesce((select l.next_at from apartado.list_webhooks(null) l), apartado.clock()));
  perform count(*) from apartado.claim_webhooks();
  select n.next_at into v_next from w cross join lateral apartado.note_webhook(w.webhook_id, 1, p_status, p_error) n;
  return v_next - apartado.clock();
end;
$$;
select is(tests.fails(status), pause, 'HTTP ' || status) from (values (500, interval '2 seconds'), (404, '4 seconds'), (302, '8 seconds'), (199, '16 seconds'), (300, '32 seconds')) v (status, pause);
select is(tests.fails(null, repeat('no way to it ', 100)), interval '64 seconds', 'no answer');
select is((last_status, length(last_error)), (null::integer, 200), 'said in few words') from apartado.webhooks;
select count(tests.fails()) from generate_series(1, 5) n;
select is(tests.fails(), interval '1 hour', 'an hour at most');
select count(tests.fails()) from generate_series(1, 70) n;
select is((ok, value), (false, 1::bigint), 'health says that it fails') from apartado.health(null) where name = 'failing_webhooks';
select is((failures, message, paused_at is not null), (82, 1::bigint, false), 'the same message, again and again') from apartado.webhooks;
select is(tests.fails(), null, 'after three days it is given up');
select is((paused_at - failing_since > interval '72 hours', last_error), (true, 'HTTP 500'::text), 'and paused') from apartado.webhooks;
select is(details ->> 'reason', 'HTTP 500', 'operators are told why') from apartado.events where kind = 'webhook.changed';
select tests.commits();
