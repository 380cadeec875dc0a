select plan(7);
select is((select registration from apartado.change_settings(null)), 'open', 'anybody, at first');
select is((select registration from apartado.change_settings(null, r)), r, r) from unnest('{invite,closed,open}'::text[]) r;
select is((select registration from apartado.change_settings(null, 'closed', p_idempotency_key => 'k')), 'closed', 'under a key');
select from apartado.change_settings(null, 'open');
select is((select registration from apartado.change_settings(null, 'closed', p_idempotency_key => 'k')), 'closed', 'the same again is the same answer');
select is(registration, 'open', 'and changes nothing') from apartado.settings;
