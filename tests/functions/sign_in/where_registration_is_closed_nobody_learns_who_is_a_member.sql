select plan(23);
select tests.members('ana');
create temporary table invited as select * from apartado.invite_member(null);
create function tests.answers(p_secret text, p_invitation text) returns table (alias text, said text) language plpgsql as $$
declare
  v_message text; v_detail text; v_hint text; v_column text;
begin
  foreach alias in array '{ana,zoe}'::text[] loop
    begin
      perform from apartado.sign_in(alias, p_secret, p_invitation => p_invitation);
      said := 'signed in';
    exception
      when sqlstate 'RS601' or sqlstate 'RS603' or sqlstate 'RS205' then
        get stacked diagnostics v_message = message_text, v_detail = pg_exception_detail, v_hint = pg_exception_hint, v_column = column_name;
        said := concat_ws('|', sqlstate, v_message, v_detail, v_hint, v_column);
    end;
    return next;
  end loop;
end;
$$;
create table tests.tries as
  select r as registration, s as secret, i as invitation from unnest('{closed,invite}'::text[]) r, unnest(array[null, 'short', repeat('s', 40)]) s, unnest(array[null, 'ZZZZZZZZZZZZZZZZ']) i;
create function tests.said(p_registration text, p_secret text, p_invitation text) returns text language plpgsql as $$
begin
  perform from apartado.change_settings(null, p_registration);
  return (select string_agg(distinct left(a.said, 5), ' ') || case when count(distinct a.said) > 1 then ' (not the same)' else '' end from tests.answers(p_secret, p_invitation) a);
end;
$$;
select is(tests.said(registration, secret, invitation), case when secret is not null and invitation is null then 'RS601' else 'RS603' end,
          concat_ws(', ', registration, coalesce('secret ' || left(secret, 5), 'no secret'), 'invitation ' || invitation)) from tests.tries;
select from apartado.change_settings(null, 'closed');
select is(said, case alias when 'ana' then 'signed in' else 'RS601' end, alias || ' with the secret of ana') from (select alias, split_part(said, '|', 1) as said from tests.answers('secret of ana', null)) v;
select is((select left(said, 5) from tests.answers(null, (select invitation from invited)) where alias = 'zoe'), 'RS603', 'an invitation is of no use where registration is closed');
select from apartado.change_settings(null, 'invite');
select is((select alias from apartado.sign_in('ana', 'secret of ana', p_invitation => 'ZZZZZZZZZZZZZZZZ')), 'ana', 'a member signs in, whatever invitation they bring');
select tests.refuses(format('select * from apartado.sign_in(''ana'', ''guess'', p_invitation => %L)', invitation), 'RS601/secret', 'secret', 'a good invitation is not for an alias that somebody has') from invited;
select tests.refuses($$select * from apartado.sign_in('a b')$$, 'RS201', 'alias', 'what is no alias is said first');
select is(used_at, null, 'none of that used it') from apartado.invitations;
select is((select alias from apartado.sign_in('zoe', p_invitation => invitation)), 'zoe', 'it is for one that nobody has') from invited;
select from apartado.change_settings(null, 'open');
select is((select alias from apartado.sign_in('eva', p_invitation => 'whatever')), 'eva', 'where it is open, nobody needs one');
select is((select count(*) from apartado.members), 3::bigint, 'two have come');
select is((select string_agg(kind, ' ') from apartado.events where kind = 'member.joined'), 'member.joined', 'one of them by invitation');
