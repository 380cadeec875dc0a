select plan(9);
select tests.members('ana');
create temporary table answer as
  select * from apartado.change_profile('Ana', ' Ana M. ', 'https://img.example/a.png?x=1#y', 'es', true);
select is(alias, 'ana', 'alias') from answer;
select is(display_name, 'Ana M.', 'display_name, without blanks around it') from answer;
select is(avatar, 'https://img.example/a.png?x=1#y', 'avatar') from answer;
select is(language, 'es', 'language') from answer;
select is(show_name, true, 'show_name') from answer;
select results_eq($$select * from apartado.change_profile('ana')$$, 'select * from answer', 'nothing said: as it was');
select is((display_name, avatar, language, show_name), (null::text, null::text, 'es'::text, false), 'an empty text empties') from apartado.change_profile('ana', '', '', p_show_name => false);
select is(display_name, null, 'and so do blanks') from apartado.change_profile('ana', U&' \00A0 ');
select is((p.display_name, p.show_name), (n, false), n) from (values ('Ñandú ❤️ 漢字 עברית')) v (n), apartado.change_profile('ana', n) p;
