select plan(3);
select is_empty($$
  select p.proname, a.name
    from pg_proc p
   cross join unnest(p.proargnames, p.proargmodes) a (name, mode)
   where p.pronamespace = 'apartado'::regnamespace
     and a.name ~ '^p_.*(expires|deadline|until)' and a.name <> 'p_needed_until' and p.proname !~ '^_'
$$, 'no public function takes one');
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana'), tests.item('disc');
select tests.refuses($$select * from apartado.reserve('ana', apartado.item_id('disc'), p_ttl => '69 years')$$, 'RS203', 'ttl', 'until 2099');
select tests.refuses($$select * from apartado.reserve('ana', apartado.item_id('disc'), p_ttl => '-1 hour')$$, 'RS203', 'ttl', 'born dead');
