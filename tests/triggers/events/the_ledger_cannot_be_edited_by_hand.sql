select plan(18);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana'), tests.item('disc', 2);
select tests.held('disc', 'ana');
select apartado._number_events(1);
select tests.cannot_commit(edit, 'RS312', edit) from unnest(array[
  'update apartado.events set actor = ''somebody else''',
  'update apartado.events set actor = ''gone-0123456789ab''',
  'update apartado.events set data = ''{}'' where kind = ''reservation.created''',
  'update apartado.events set details = ''{}'' where kind = ''stock.changed''',
  'update apartado.events set at = at - interval ''1 day''',
  'update apartado.events set pos = pos + 10 where pos is not null',
  'update apartado.events set pos = null where pos is not null',
  'update apartado.events set pos = 2, kind = ''x'' where pos is null',
  'update apartado.events set available = 9 where pos is null',
  'update apartado.events set member_id = null where pos is null',
  'delete from apartado.events where pos is null',
  'delete from apartado.events',
  'truncate apartado.events']) edit;
select tests.cannot_commit('update apartado.events set pos = 1 where pos is null', '23505', 'a position that is taken');
select is(apartado._number_events(), 1, 'a position is given once, by _number_events');
select is_empty($$
  select a.attname from pg_attribute a
   where a.attrelid = 'apartado.events'::regclass and a.attnum > 0 and not a.attisdropped and a.attname <> 'pos'
     and not exists (select from pg_trigger t where t.tgrelid = a.attrelid and t.tgname = '_300_refuse_change' and a.attnum = any (t.tgattr::int2[]))$$,
  'no other column may be written, each is in the list');
select set_config('apartado.anonymising', max(actor), true) from apartado.events;
select tests.cannot_commit(edit, 'RS312', 'who is anonymised: ' || edit) from unnest(array[
  'update apartado.events set actor = ''somebody else'' where actor is not null',
  'update apartado.events set actor = ''gone-0123456789ab'', details = ''{}'' where actor is not null']) edit;
