select plan(13);
insert into apartado.locations (code, name) values ('annex', 'Annex');
select from apartado.set_policy(null, 'patient', '{"hold": 200}');
select from apartado.set_policy(null, 'brisk', '{"hold_cap": 100, "payment_window": 60}', p_location => 'annex');
create temporary table got as
select * from apartado.put_items(null, '[
  {"sku": "a", "title": "T", "policy": "patient", "location": "annex"},
  {"sku": "b", "title": "T", "policy": "patient"},
  {"sku": "c", "title": "T", "location": "annex"},
  {"sku": "d", "title": "T"}]');
select is((select string_agg(outcome, ' ' order by number) from got), 'refused inserted refused inserted', 'new ones: those that go together come');
select alike((select reason from got where number = 1), 'RS205 policy: %hold exceeds hold_cap%patient, brisk, default%', 'a policy that does not go together with that of the place');
select alike((select reason from got where number = 3), 'RS205 location: %', 'nor does the default');
select is((select count(*) from apartado.items), 2::bigint, 'nothing of the refused ones is there');

create temporary table more as
select * from apartado.put_items(null, '[
  {"sku": "b", "title": "Other", "location": "annex"},
  {"sku": "d", "title": "Other", "price": 3}]');
select is((select string_agg(outcome, ' ' order by number) from more), 'refused updated', 'those that are there: one at a new place');
select alike((select reason from more where number = 1), 'RS205 location: %', 'with its reason');
select is((select string_agg(i.sku || ' ' || i.title, ', ' order by i.sku) from apartado.items i), 'b T, d Other', 'nothing of its row was written');
select is((select count(*) from apartado.stock), 2::bigint, 'and none is kept there');

insert into apartado.policies (name, hold) values ('fast', '80 seconds');
select is((select string_agg(outcome, ' ') from apartado.put_items(null, '[{"sku": "b", "location": "annex", "policy": "fast"}]')), 'updated',
          'at a new place under another policy, which counts');
select alike((select reason from apartado.put_items(null, '[{"sku": "b", "policy": "patient"}]')), 'RS205 policy: %', 'another policy, where it is kept');
select is((select string_agg(outcome, ' ') from apartado.put_items(null, '[{"sku": "b", "location": "annex", "price": 5}]')), 'updated', 'another price');
select lives_ok($$select * from apartado.set_policy(null, 'default', '{"queue_limit": 7}')$$, 'so the default can still be changed');
select tests.commits();
