select plan(9);
-- the form of every call of the service; the alias as an argument is what makes the planner run it
select tests.members('ana', 'ben'), tests.item('disc');
select tests.held('disc', 'ana');
create temporary table signed as select * from apartado.sign_in('eva');
prepare call_query(text) as
  select r.* from apartado.authenticate($1) a cross join lateral apartado.list_statuses(a.alias, null, null) r;
prepare call_empty(text) as
  select r.* from apartado.authenticate($1) a cross join lateral apartado.list_statuses(a.alias, '{}', null) r;
prepare call_command(text) as
  select r.* from apartado.authenticate($1) a cross join lateral apartado.join_queue(a.alias, apartado.item_id('disc')) r;
select tests.refuses($$execute call_query('bad')$$, 'RS601', 'token', 'a query with a bad token');
select tests.refuses($$execute call_empty('bad')$$, 'RS601', 'token', 'a query that has no rows, with a bad token');
select tests.refuses($$execute call_command('bad')$$, 'RS601', 'token', 'a command with a bad token');
select tests.refuses($$execute call_command(null)$$, 'RS601', 'member', 'a command without one');
select is(tests.line('disc'), 'nobody', 'and nothing was done');
select lives_ok(format('execute call_command(%L)', (select token from signed)), 'with a good token it is');
select is(tests.line('disc'), 'eva', 'by its member');
set local plan_cache_mode = force_generic_plan;
select tests.refuses($$execute call_query('bad')$$, 'RS601', 'token', 'under a generic plan too');
select tests.refuses($$execute call_command('bad')$$, 'RS601', 'token', 'for commands as well');
