select plan(4);
select is(tests.as_role('apartado_api', 'select apartado._number_events()'), '0', 'the service');
select is(tests.as_role('scheduler', 'select apartado._number_events()'), '0', 'the scheduler');
select is(tests.as_role('stranger', 'select apartado._number_events()'), '42501', 'a stranger may not');
select is(tests.as_role('reader', 'select apartado._number_events()'), '42501', 'a reader may not');
