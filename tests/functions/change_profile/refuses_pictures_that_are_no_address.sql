select plan(19);
select tests.members('ana');
select tests.refuses(format('select * from apartado.change_profile(''ana'', p_avatar => %L)', a), 'RS205', 'avatar', left(a, 30))
  from unnest(array['javascript:alert(1)', 'data:image/png;base64,AA', 'ftp://x/y', '//x/y', 'x', ' ', 'http://', 'https:///y', 'https://x/a b', 'https://x/"onload=', 'https://me@x/y', 'https://x/' || chr(8238),
                    'http://[::1', 'http://::1]', 'http://x[::1]', 'http://[x]',
                    'https://x/' || repeat('y', 1991)]) a;
select is(length(avatar), 2000, '2,000 characters') from apartado.change_profile('ana', p_avatar => 'https://x/' || repeat('y', 1990));
select is(avatar, 'http://[::1]:80/y', 'an address of IPv6') from apartado.change_profile('ana', p_avatar => 'http://[::1]:80/y');
