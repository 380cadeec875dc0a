select plan(7);
select tests.members('ana', 'ben', 'cai'), tests.item('disc', 2);
select tests.held('disc', 'ana', 'ben');
select tests.refuses($$select * from apartado.cancel_reservation('ben', tests.reservation('ana', 'disc'))$$, 'RS102', 'reservation', 'ana''s, asked by ben, who holds one too');
select tests.refuses($$select * from apartado.cancel_reservation('cai', tests.reservation('ana', 'disc'))$$, 'RS102', 'reservation', 'ana''s, asked by cai');
select tests.refuses(format('select * from apartado.cancel_reservation(''cai'', %s)', r), 'RS102', 'reservation')
  from unnest(array['null', '0', '-1', '9223372036854775807']) r;
select is((select string_agg(p.proargnames[1], ' ' order by p.proargnames[1])
             from pg_proc p
            where p.pronamespace = 'apartado'::regnamespace
              and p.proname in ('cancel_reservation', 'confirm_reservation', 'reserve', 'join_queue', 'leave_queue', 'list_reservations', 'list_purchases')),
          'p_member p_member p_member p_member p_member p_member p_member', 'the caller is the first parameter of each, which comes from the session');
