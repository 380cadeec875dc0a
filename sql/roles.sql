-- roles: who may do what in this database. Runs first, as the administrator who migrates.
--
-- apartado_owner     owns the schema and everything in it; nobody logs in as it
-- apartado_api       the login of the service: its functions, and nothing else
-- apartado_operator  group for people who work in psql: operator functions and the views
-- apartado_reader    group: the views
-- apartado_jobs      group for schedulers: the jobs and the checks
--
-- Roles belong to the whole cluster, and two databases of it may be migrated at once. So each
-- statement first looks whether it is needed: a cluster that is ready is not written to at all.

do $$
declare
  v_role text;
begin
  foreach v_role in array array[
    'apartado_owner', 'apartado_api', 'apartado_operator', 'apartado_reader', 'apartado_jobs'
  ]
  loop
    if not exists (select from pg_catalog.pg_roles where rolname = v_role) then
      begin
        execute format('create role %I nologin', v_role);
      exception
        when duplicate_object or unique_violation then
          null; -- another database's migration was quicker
      end;
    end if;
  end loop;
end;
$$;

-- Whoever migrates makes everything as apartado_owner, and so must be able to become it.
do $$
begin
  if not pg_catalog.pg_has_role(current_user, 'apartado_owner', 'usage') then
    execute format('grant apartado_owner to %I', current_user);
  end if;
end;
$$;

-- Who migrates may use the functions of operators. Before PostgreSQL 16 it is no member of a role for having made it.
do $$
begin
  if not pg_catalog.pg_has_role(current_user, 'apartado_operator', 'member') then
    execute format('grant apartado_operator to %I', current_user);
  end if;
exception
  when insufficient_privilege then
    null; -- somebody else made the roles of this cluster, and says who is an operator
end;
$$;

-- The service logs in here. What it may spend is set on the role, because settings on a role reach
-- only the role that logs in. Tokens and secrets come as parameters: a server that logs statements shall
-- not log those. Who may not say so (no superuser, no grant of that setting) leaves it to the server's own.
do $$
declare
  v_setting text[];
begin
  if not (select rolcanlogin from pg_catalog.pg_roles where rolname = 'apartado_api') then
    alter role apartado_api login;
  end if;
  foreach v_setting slice 1 in array array[
    ['default_transaction_isolation', 'read committed'],
    ['statement_timeout', '5s'],
    ['lock_timeout', '1500ms'],
    ['idle_in_transaction_session_timeout', '10s'],
    ['jit', 'off'],  -- no statement here lasts as long as it takes to compile one
    -- A session caches its plans: one made while a table was a single page stays a sequential scan, however many rows come,
    -- until something analyzes the table. So an index is used wherever there is one
    ['enable_seqscan', 'off'],
    ['log_parameter_max_length', '0'],
    ['search_path', 'pg_catalog, pg_temp']
  ]
  loop
    continue when v_setting[1] = 'log_parameter_max_length'
      and not pg_catalog.has_parameter_privilege(v_setting[1], 'set');
    if not exists (
      select
      from pg_catalog.pg_db_role_setting s
      where s.setrole = 'apartado_api'::pg_catalog.regrole
        and s.setdatabase = 0
        and format('%s=%s', v_setting[1], v_setting[2]) = any (s.setconfig)
    ) then
      execute format('alter role apartado_api set %I to %s', v_setting[1],
        case v_setting[1] when 'search_path' then v_setting[2] else quote_literal(v_setting[2]) end);
    end if;
  end loop;
end;
$$;

do $$
begin
  if pg_catalog.to_regnamespace('apartado') is null then
    create schema apartado authorization apartado_owner;
    comment on schema apartado is 'Apartado: sets scarce stock aside fairly. Start with \df apartado.* in psql.';
  end if;
  -- each is asked: one may have been made anew
  if exists (
    select
      from unnest('{apartado_api,apartado_operator,apartado_reader,apartado_jobs}'::text[]) r (role)
     where not pg_catalog.has_schema_privilege(r.role, 'apartado', 'usage')
  ) then
    grant usage on schema apartado
      to apartado_api, apartado_operator, apartado_reader, apartado_jobs;
  end if;
end;
$$;

-- A restore with --no-owner gives everything to whoever restores, or one table alone: functions would run with their rights,
-- and no migration could change what is there. What is in the schema is given back, as far as whoever migrates may.
do $$
declare
  v_object text;
begin
  for v_object in
    select 'schema apartado'
      from pg_catalog.pg_namespace n
     where n.nspname = 'apartado' and n.nspowner <> 'apartado_owner'::pg_catalog.regrole
    union all
    select format('table %s', c.oid::pg_catalog.regclass)
      from pg_catalog.pg_class c
     where c.relnamespace = 'apartado'::pg_catalog.regnamespace and c.relkind in ('r', 'v', 'm', 'S')
       and c.relowner <> 'apartado_owner'::pg_catalog.regrole and pg_catalog.pg_has_role(c.relowner, 'usage')
       -- a sequence of a column goes with its table
       and not exists (select from pg_catalog.pg_depend d
                        where c.relkind = 'S' and d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass and d.objid = c.oid
                          and d.deptype in ('a', 'i'))
    union all
    select format('routine %s', p.oid::pg_catalog.regprocedure)
      from pg_catalog.pg_proc p
     where p.pronamespace = 'apartado'::pg_catalog.regnamespace
       and p.proowner <> 'apartado_owner'::pg_catalog.regrole and pg_catalog.pg_has_role(p.proowner, 'usage')
       and not exists (select from pg_catalog.pg_depend d
                        where d.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass and d.objid = p.oid and d.deptype = 'e')
    union all
    select format('type %s', c.reltype::pg_catalog.regtype)
      from pg_catalog.pg_class c
     where c.relnamespace = 'apartado'::pg_catalog.regnamespace and c.relkind = 'c'
       and c.relowner <> 'apartado_owner'::pg_catalog.regrole and pg_catalog.pg_has_role(c.relowner, 'usage')
  loop
    execute format('alter %s owner to apartado_owner', v_object);
  end loop;
end;
$$;

-- A temporary object called like one of ours could stand before it. Nobody here needs them.
do $$
begin
  if pg_catalog.has_database_privilege('apartado_api', current_database(), 'temporary') then
    execute format('revoke temporary on database %I from public', current_database());
  end if;
  if pg_catalog.has_database_privilege('apartado_api', current_database(), 'temporary') then
    raise warning 'apartado_api may still make temporary objects in this database'
      using hint = 'Let the owner of the database run: revoke temporary on database … from public';
  end if;
end;
$$;
