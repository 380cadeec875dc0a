select plan(9);
select tests.members('ana');
select tests.refuses(format('select * from apartado.invite_member(null, %L)', t), 'RS203', 'ttl', coalesce(t, 'null')) from unnest(array[null, '0', '-1 hour', '720 hours 1 second', 'infinity']) t
 where t is distinct from 'infinity' or current_setting('server_version_num')::integer >= 170000;
select tests.refuses($$select * from apartado.invite_member(null, '30 years')$$, 'RS203', 'ttl', 'years') where current_setting('server_version_num')::integer < 170000;
select tests.refuses($$select * from apartado.invite_member(null, p_reason => ' ')$$, 'RS205', 'reason', 'a blank reason');
select tests.refuses($$select * from apartado.invite_member('ana')$$, 'RS602', 'actor', 'a member may not');
select tests.acts('anonymous');
select tests.refuses($$select * from apartado.invite_member(null)$$, 'RS601', 'actor', 'nor nobody');
select is(tests.as_role('stranger', 'select invitation from apartado.invite_member(null)'), '42501', 'nor a stranger');
