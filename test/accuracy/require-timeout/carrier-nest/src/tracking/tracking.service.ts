import { HttpService } from '@nestjs/axios';
import { Injectable, Logger } from '@nestjs/common';
import { firstValueFrom, timeout, catchError, throwError } from 'rxjs';

interface TrackingEvent {
  readonly at: string;
  readonly status: string;
}

@Injectable()
export class TrackingService {
  private readonly logger = new Logger(TrackingService.name);

  constructor(private readonly http: HttpService) {}

  async events(parcel: string): Promise<TrackingEvent[]> {
    // ok: require-timeout -- stated at the call
    const { data } = await firstValueFrom(
      this.http.get<TrackingEvent[]>(`/parcels/${parcel}/events`, { timeout: 4000 }),
    );
    return data;
  }

  async latest(parcel: string): Promise<TrackingEvent | undefined> {
    const { data } = await firstValueFrom(
      // ok: require-timeout -- the rxjs operator ends it
      this.http.get<TrackingEvent[]>(`/parcels/${parcel}/events`).pipe(
        timeout(5000),
        catchError((error: Error) => {
          this.logger.error(error.message);
          return throwError(() => error);
        }),
      ),
    );
    return data.at(-1);
  }

  async subscribe(parcel: string, callback: string): Promise<void> {
    // unknown: require-timeout -- injected, and the module is out of sight
    await firstValueFrom(this.http.post(`/parcels/${parcel}/subscriptions`, { callback }));
  }

  async cancel(parcel: string): Promise<void> {
    // unknown: require-timeout -- injected
    await this.http.axiosRef.delete(`/parcels/${parcel}`);
  }
}
