select plan(7);
-- suspended, barred, and one whose time is over: each stands in front, and none of them blocks
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'sue', 'bart', 'ned', 'cai', 'dee'), tests.item('disc');
select tests.held('disc', 'ana');
select tests.waiting('disc', 'sue', 'bart');
select from apartado.join_queue('ned', apartado.item_id('disc'), p_needed_until => '2030-01-01 13:00Z');
select tests.waiting('disc', 'cai', 'dee');
select from apartado.suspend_entry('sue', apartado.item_id('disc'));
update apartado.members set barred_at = apartado.clock() where alias = 'bart';
select tests.advance('1 hour');
create function tests.next(p_alias text) returns text language plpgsql as $$
begin
  perform from apartado.cancel_reservation(p_alias, tests.reservation(p_alias, 'disc'));
  return tests.holders('disc');
end;
$$;
select is(tests.next('ana'), 'cai 1', 'cai is served');
select is((select string_agg(alias || ' ' || "position", ', ' order by "position") from apartado.list_queue(null, apartado.item_id('disc'))), 'sue 1, bart 2, dee 3', 'the others keep their places');
select from apartado.resume_entry('sue', apartado.item_id('disc'));
update apartado.members set barred_at = null where alias = 'bart';
select is(tests.next('cai'), 'sue 1', 'whoever goes on has the turn');
select is(tests.next('sue'), 'bart 1', 'and whoever is not barred any more');
select is(tests.next('bart'), 'dee 1', 'and then the next');
select is(tests.line('disc'), 'nobody', 'nobody is left behind');
select tests.commits();
