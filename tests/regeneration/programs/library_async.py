"""The library without waiting in line: many jobs, sessions, progress, cost."""

from ionq_direct import AsyncIonQ, AsyncJob, Circuit, JobFailed, JobTimeout


async def run(angles: list[float]) -> list[dict[str, int]]:
    async with AsyncIonQ() as ionq:
        circuits = [Circuit(1).rx(0, rotation=angle) for angle in angles]
        jobs = await ionq.submit_many(circuits)
        results = [await job.result() async for job in ionq.wait(jobs, timeout=300)]
        return [dict(result.counts) for result in results]


async def careful(ionq: AsyncIonQ, payload: dict[str, object]) -> AsyncJob | None:
    try:
        job = await ionq.submit(payload, tag="experiment-7")
        await job.wait(60, cancel_on_exit=True)
    except (JobFailed, JobTimeout) as error:
        print(error)
        return None
    print((await job.cost()).charged, job.status, await job.progress())
    return job


async def reserved(ionq: AsyncIonQ, payload: dict[str, object]) -> int:
    async with ionq.session("qpu.forte-1", max_jobs=3) as session:
        await session.submit(payload)
        return len(await session.jobs().all())


async def tidy(ionq: AsyncIonQ) -> None:
    report = await ionq.jobs.cancel([job async for job in ionq.jobs.iter(status="ready")])
    print(report.ok, [backend.name for backend in await ionq.backends.list()])
