select plan(9);
select is((alias_limit, address_limit, command_limit), (10, 20, 6000), 'at first') from apartado.change_settings(null);
select is((registration, alias_limit, address_limit, command_limit), ('open'::text, 5, 0, 1000000), 'each by itself')
  from apartado.change_settings(null, p_alias_limit => 5, p_address_limit => 0, p_command_limit => 1000000);
select is((alias_limit, address_limit, command_limit), (5, 0, 60), 'what is not named stays') from apartado.change_settings(null, p_command_limit => 60);
select tests.refuses(format('select * from apartado.change_settings(null, p_%s => %s)', l, v), 'RS204', l) from unnest('{alias_limit,address_limit,command_limit}'::text[]) l, unnest('{-1,1000001}'::integer[]) v;
