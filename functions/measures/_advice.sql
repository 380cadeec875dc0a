-- _advice: what to do about a measure of health, in the person's language.
--
-- Gives   one or two sentences; null for a measure that there is not
create or replace function apartado._advice(p_measure text)
  returns text
  language sql
  stable
  set search_path = pg_catalog, pg_temp
as $$
  select case apartado._language() when 'es' then a.es else a.en end
    from (values
     ('overdue_reservations', 'Nobody sweeps: keep a service or pg_cron running, or run expire_and_promote(). Reads tell the truth meanwhile.',
      'Nadie barre: mantén un servicio o pg_cron en marcha, o ejecuta expire_and_promote(). Las lecturas dicen la verdad entretanto.'),
     ('late_jobs', 'Look at list_jobs() and at the log of the service: a job fails, or nobody runs them.',
      'Mira list_jobs() y el registro del servicio: un trabajo falla, o nadie los ejecuta.'),
     ('unserved_stock', 'Long queues are being served in parts; run expire_and_promote() until remaining is 0.',
      'Se atienden colas largas por partes; ejecuta expire_and_promote() hasta que remaining sea 0.'),
     ('unnumbered_events', 'Nobody numbers events, so streams stand still: start a service, or let pg_cron run number_events.',
      'Nadie numera los sucesos y las transmisiones están paradas: arranca un servicio, o deja que pg_cron ejecute number_events.'),
     ('numbering_search', 'An old transaction is open: look in pg_stat_activity for the oldest xact_start, or in pg_prepared_xacts, and end it.',
      'Hay una transacción antigua abierta: busca en pg_stat_activity el xact_start más antiguo, o en pg_prepared_xacts, y termínala.'),
     ('failing_webhooks', 'Events do not arrive at a server: list_webhooks() says which and why. change_webhook() tries again at once. Where nobody sends, start a service with APARTADO_WEBHOOK_HOSTS and APARTADO_WEBHOOK_SECRETS.',
      'Los sucesos no llegan a un servidor: list_webhooks() dice a cuál y por qué. change_webhook() lo intenta de nuevo enseguida. Si nadie envía, arranca un servicio con APARTADO_WEBHOOK_HOSTS y APARTADO_WEBHOOK_SECRETS.'),
     ('idempotency_keys', 'Keys are kept for 24 hours, and nobody forgets them: see that forget_old_keys runs.',
      'Las claves se guardan 24 horas y nadie las olvida: comprueba que forget_old_keys se ejecuta.'),
     ('counters_of_latest_changes', 'Counters disagree with the second book: run check_consistency() and what it says.',
      'Los contadores no coinciden con el segundo libro: ejecuta check_consistency() y lo que indique.'),
     ('numbers_used', 'A sequence has used half of its numbers: ask for help before it ends.',
      'Una secuencia ha gastado la mitad de sus números: pide ayuda antes de que se agote.'),
     ('transaction_ids_used', 'Vacuum does not keep up with transaction ids: end old transactions (pg_stat_activity, pg_prepared_xacts) and run vacuum (freeze).',
      'El vacuum no alcanza a congelar transacciones: termina las antiguas (pg_stat_activity, pg_prepared_xacts) y ejecuta vacuum (freeze).'),
     ('dead_rows', 'Old versions of rows stay: end long transactions (pg_stat_activity, pg_prepared_xacts) and run vacuum on the schema apartado.',
      'Quedan versiones viejas de filas: termina las transacciones largas (pg_stat_activity, pg_prepared_xacts) y ejecuta vacuum en el esquema apartado.'),
     ('durability_switched_off', 'fsync, full_page_writes or synchronous_commit is off: a crash may take back what was acknowledged.',
      'fsync, full_page_writes o synchronous_commit está en off: una caída puede deshacer lo confirmado.'),
     ('pg_cron', 'Without pg_cron the jobs run only while a service does.',
      'Sin pg_cron los trabajos solo se ejecutan mientras haya un servicio.')
    ) a (measure, en, es)
   where a.measure = p_measure;
$$;

comment on function apartado._advice(text) is 'What to do about a measure of health, in the person''s language.';
