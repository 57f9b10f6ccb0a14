import { HttpModule } from '@nestjs/axios';
import { Module } from '@nestjs/common';
import { AppConfig } from '../http/app-config.js';
import { TrackingService } from './tracking.service.js';

@Module({
  imports: [
    // expect: require-timeout/missing
    HttpModule.registerAsync({
      inject: [AppConfig],
      useFactory: async (config: AppConfig) => {
        const token = config.get('TRACKING_TOKEN');
        return {
          baseURL: config.get('TRACKING_URL'),
          headers: token ? { authorization: `Bearer ${token}` } : {},
        };
      },
    }),
  ],
  providers: [AppConfig, TrackingService],
})
export class TrackingModule {}
