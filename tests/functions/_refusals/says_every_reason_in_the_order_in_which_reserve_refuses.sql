select plan(9);
select tests.freeze('2030-01-01 12:00Z');
select tests.members('ana', 'ben', 'cai'), tests.item('disc', 2), tests.item('gone', p_for_sale => false), tests.item('hidden', p_visible => false), tests.item('other');
create function pg_temp.said(p_alias text, p_sku text, p_quantity integer default 1, p_ttl interval default null, p_queues boolean default false) returns text language sql as $$
  select coalesce(string_agg(r.code, ' ' order by r.ordinality), 'none')
    from apartado.stock s
    join apartado.members m on m.alias = p_alias
   cross join lateral apartado._refusals(s, m.member_id, null, p_quantity, p_ttl, apartado.clock(), p_queues) with ordinality r
   where s.item_id = apartado.item_id(p_sku)
$$;
select is(pg_temp.said('ana', 'disc', 2), 'none', 'nothing against it');
select is(pg_temp.said('ana', 'disc', 3, '1 year'), 'RS203 RS301', 'too long, and too many');
select is(pg_temp.said('ana', 'hidden', 3, '1 year'), 'RS101', 'of a hidden item nothing more is said');
select is(pg_temp.said('ana', 'gone', 3), 'RS309 RS301', 'not for sale, and too many');
select tests.held('disc', 'ana', 'ben'), tests.waiting('disc', 'cai');
update apartado.policies set active_limit = 1;
select is(pg_temp.said('ana', 'disc'), 'RS302 RS301 RS501', 'she holds one, none is free, and she may have no more');
select is(pg_temp.said('cai', 'disc'), 'RS303 RS301 RS501', 'he waits');
select is(pg_temp.said('cai', 'disc', p_queues => true), 'none', 'who waits may be put in line again: it is the same place');
select is(pg_temp.said('ana', 'other', p_queues => true), 'RS501', 'what is free is no reason to wait, but she may have no more');
select tests.advance('168 hours');
select is(pg_temp.said('ana', 'other'), 'none', 'what is past its deadline counts for nothing');
