select plan(25);
select tests.freeze('2030-01-01 12:00Z');
select tests.operator('olga'), tests.members('ana', 'ben'), tests.item('disc'), tests.item('other');
select tests.held('disc', 'ana');
create function pg_temp.said(p_call text) returns text language plpgsql as $$
declare
  v_code text;
  v_message text;
  v_detail text;
begin
  execute p_call;
  return 'nothing';
exception when others then
  get stacked diagnostics v_code = returned_sqlstate, v_message = message_text, v_detail = pg_exception_detail;
  return v_code || ' ' || v_message || ' (' || v_detail || ')';
end $$;
create temporary table d as select tests.drop_of('1 hour', '10 hours', 'disc') as id;

select is(pg_temp.said($$select apartado.extend_reservation('ana', tests.reservation('ana', 'disc'), '1440 hours')$$),
  'RS502 The reservation cannot be extended by so much. (by: PT1440H, limit: 3, longest: PT504H, used: 0)', 'extended by too much');
select is(pg_temp.said($$select apartado.reserve('ben', apartado.item_id('other'), p_ttl => '1000 hours')$$),
  'RS203 That length of time is not possible. (longest: PT168H, ttl: PT1000H)', 'a length in the form that the API takes');
select is(apartado._iso_8601('1 day 90 seconds'), 'PT24H1M30S', 'hours and less: a day may have 23');
select results_eq($$select apartado._iso_8601(v) from unnest('{178000000 years,-178000000 years,-90 seconds,0}'::interval[]) v$$, '{P178000000Y,P-178000000Y,PT-1M-30S,PT0S}'::text[], 'none too long to be said');
select apartado.extend_reservation('ana', tests.reservation('ana', 'disc'), '1 hour') from generate_series(1, 3);
select matches(pg_temp.said($$select apartado.extend_reservation('ana', tests.reservation('ana', 'disc'), '1 hour')$$),
  '^RS502 The reservation cannot be extended again. .*longest: PT0S', 'as often as may be');
select is(pg_temp.said($$select apartado.pair('WRONG123')$$), 'RS601 That code does not work. (parameter: code)', 'a pairing code');
select is(pg_temp.said($$select apartado.claim_operator('ana', 'guess')$$), 'RS601 That secret makes nobody an operator. (parameter: secret)', 'a bootstrap secret');
select is(pg_temp.said($$select apartado.sign_in('ana', repeat('x', 40))$$), 'RS601 That alias and secret do not go together. (parameter: secret)', 'a taken alias');
select throws_like($$select apartado.join_walk_in(null)$$, 'It is not known who you are.', 'nobody and no device');
select is((select hint from apartado.list_messages() where (code, language) = ('RS601/device', 'en')), 'Sign in and send the token, or send device.', 'says both ways');
select matches(pg_temp.said($$select apartado.adjust_stock('olga', apartado.item_id('disc'), -100, 'lost')$$), '^RS301 There are not enough units for that.', 'an operator is sent into no queue');
select matches(pg_temp.said(format($$select apartado.add_wave('olga', %s, apartado.item_id('disc'), 1, '2029-12-31 00:00Z')$$, id)),
  '^RS203 That time is not in the future. \(at: 2029-12-31T00:00:00.*server_time: 2030-01-01', 'a wave in the past') from d;
select is(pg_temp.said(format($$select apartado.add_wave('olga', %s, apartado.item_id('other'), 1, '2030-01-01 14:00Z')$$, id)),
  format('RS312 The item is not in that drop. (drop: %s, item: %s)', id, apartado.item_id('other')), 'a wave of an item that is in no drop') from d;
select is(pg_temp.said($$select apartado.find_items(p_location => 'nowhere')$$), 'RS104 There is no such location. (location: nowhere)', 'a location that is not');
select matches(pg_temp.said($$select apartado.adjust_stock('ana', apartado.item_id('disc'), 1, 'more')$$), '^RS602', 'a member who is no operator');
select is((select count(*) from apartado.list_messages() where code = 'RS602' and hint ~ 'cookie'), 0::bigint, 'reads of no cookie');
select matches(pg_temp.said($$update apartado.stock set reserved = 0 where reserved > 0$$), '^RS312 That table is not changed by hand.', 'stock by hand');
select matches(pg_temp.said($$delete from apartado.events$$), '^RS312 That table is not changed by hand.', 'nor events');
select is(pg_temp.said($$select apartado.transfer_reservation('ana', tests.reservation('ana', 'disc'), 'ana')$$), 'RS312 That member holds it already. (to: the holder)', 'to oneself');
select is(pg_temp.said($$select apartado.delete_webhook('olga', -1)$$), 'RS312 There is none with that number or name. (webhook: -1)', 'a webhook that is not');
select is(pg_temp.said($$select apartado.create_drop('olga', 'A drop', '{}', '2030-01-02 12:00Z', p_policy => 'nosuch')$$), 'RS205 There is no such policy. (policy: nosuch)', 'a policy that is not');
select is(pg_temp.said($$select apartado.adjust_stock('olga', apartado.item_id('disc'), 1, '')$$), 'RS205 A value is missing or malformed. (longest: 500, shortest: 1)', 'a blank reason');
select is(pg_temp.said($$select apartado.change_drop('olga', (select id from d))$$), 'RS205 A value is missing or malformed. (given: nothing, longest: 500, shortest: 1)', 'a reason that was not sent');
insert into apartado.locations (code, name) values ('annex', 'Annex');
select from apartado.put_items(null, '[{"sku": "roof", "title": "Up on the Roof", "location": "annex"}]');
select tests.refuses($$select * from apartado.reserve('ana', apartado.item_id('roof'))$$, 'RS104/main', 'location', 'kept elsewhere');
select matches(pg_temp.said($$select apartado.find_items(p_status => 'foo')$$), 'expected: hidden, reserved, offered.*status: foo', 'what there is');
